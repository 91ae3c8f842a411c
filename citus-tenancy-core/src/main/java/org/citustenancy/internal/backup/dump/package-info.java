/**
 * Reads projects for backups: closes the fence, takes the snapshots that are consistent across all nodes, and reads the
 * schema, the contents and the rows. The backup of one project, the backups of all projects and the export as one SQL
 * file belong here. No class in this package writes to a project.
 */
@NullMarked
package org.citustenancy.internal.backup.dump;

import org.jspecify.annotations.NullMarked;
