package org.citustenancy.internal.backup.dump;

import org.citustenancy.internal.session.Sessions;
import org.citustenancy.topology.Node;

/**
 * A node of the project, with its connection from this process.
 *
 * @param node the node
 * @param group its group
 * @param sessions opens sessions on it
 */
record ReadNode(Node node, int group, Sessions sessions) {}
