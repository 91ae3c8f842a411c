/** Names of templates and test databases, which identify their processes. */
@NullMarked
package org.citustenancy.test.internal.names;

import org.jspecify.annotations.NullMarked;
