package org.citustenancy.internal.statistics;

import java.util.List;
import java.util.Map;
import org.citustenancy.internal.observing.BatchResult;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;

/**
 * What the nodes said, and who said nothing.
 *
 * @param answers the answers by node, in the nodes' order
 * @param unanswered the others
 */
record SurveyAnswers(Map<Node, BatchResult> answers, List<UnansweredNode> unanswered) {}
