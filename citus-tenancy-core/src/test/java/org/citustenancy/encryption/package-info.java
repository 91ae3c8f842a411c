/** TLS between the library and the nodes. */
package org.citustenancy.encryption;
