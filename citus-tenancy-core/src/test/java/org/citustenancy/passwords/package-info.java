/** How passwords change, and what holds that up or ends it on the way. */
package org.citustenancy.passwords;
