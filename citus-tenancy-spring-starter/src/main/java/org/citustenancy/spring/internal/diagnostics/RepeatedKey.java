package org.citustenancy.spring.internal.diagnostics;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A key that a mapping of YAML has twice.
 *
 * @param property the whole name that both stand for
 * @param first where it was seen first
 * @param second where it was seen again
 */
record RepeatedKey(String property, Mark first, Mark second) {

    /**
     * All of a file. Reading it as far as its nodes finds them; only making values of those would refuse it.
     *
     * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML
     */
    static List<RepeatedKey> in(Reader yaml) {
        List<RepeatedKey> found = new ArrayList<>();
        for (Node document : new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(yaml)) {
            collect("", document, found);
        }
        return found;
    }

    private static void collect(String prefix, Node node, List<RepeatedKey> found) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        Map<String, Mark> known = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                Mark first = known.putIfAbsent(key.getValue(), key.getStartMark());
                if (first != null) {
                    found.add(new RepeatedKey(prefix + key.getValue(), first, key.getStartMark()));
                }
                // An alias may lead back to where it stands; nothing new is behind it.
                if (entry.getValueNode().getStartMark().getIndex()
                        >= key.getEndMark().getIndex()) {
                    collect(prefix + key.getValue() + ".", entry.getValueNode(), found);
                }
            }
        }
    }

    boolean isAt(Mark mark) {
        return second.getLine() == mark.getLine() && second.getColumn() == mark.getColumn();
    }

    /** Both lines, as editors count them. */
    String lines() {
        return "lines " + (first.getLine() + 1) + " and " + (second.getLine() + 1);
    }
}
