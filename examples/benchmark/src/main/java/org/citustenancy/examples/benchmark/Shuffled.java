package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order of two measurements in turns, so that changes over time affect both. */
final class Shuffled {

    private Shuffled() {}

    /** Returns {@code true} for rounds of the first one, otherwise {@code false}, in the same order in every run. */
    static List<Boolean> halves(int rounds) {
        List<Boolean> order = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            order.add(true);
            order.add(false);
        }
        Collections.shuffle(order, new Random(1));
        return order;
    }
}
