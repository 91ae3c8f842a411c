/** Where passwords and verifiers must not be, with everything logged that can be. */
package org.citustenancy.secrets;
