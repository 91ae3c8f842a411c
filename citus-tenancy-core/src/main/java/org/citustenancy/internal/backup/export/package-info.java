/**
 * A project as one file of SQL, which distributes what it makes.
 */
@NullMarked
package org.citustenancy.internal.backup.export;

import org.jspecify.annotations.NullMarked;
