/** Names and values chosen to break something, for every place where a caller's text goes. */
package org.citustenancy.hostile;
