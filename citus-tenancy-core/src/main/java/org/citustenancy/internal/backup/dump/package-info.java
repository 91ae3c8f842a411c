/**
 * Reads projects: the fence and the snapshots that give one moment on all nodes, the schema, the contents and the rows. A
 * backup of one project, the backups of all, and the export as one file of SQL are here. Nothing here writes to a project.
 */
@NullMarked
package org.citustenancy.internal.backup.dump;

import org.jspecify.annotations.NullMarked;
