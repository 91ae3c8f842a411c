package org.citustenancy.internal.backup.dump;

import org.citustenancy.internal.session.Sessions;
import org.citustenancy.topology.Node;

/**
 * A node of the project, and the way to it from here.
 *
 * @param node the node
 * @param group its group
 * @param sessions opens sessions on it
 */
record ReadNode(Node node, int group, Sessions sessions) {}
