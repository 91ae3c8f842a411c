/** What an owner, a reader, or a user of another project puts in the library's way to get more rights than they have. */
package org.citustenancy.attacks;
