/** Projects to make pools for, quickly made. */
package org.citustenancy.hikari.testing;
