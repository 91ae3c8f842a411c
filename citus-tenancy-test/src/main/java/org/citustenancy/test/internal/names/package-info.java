/** How templates and test databases are called, and what a name says of its owner. */
@NullMarked
package org.citustenancy.test.internal.names;

import org.jspecify.annotations.NullMarked;
