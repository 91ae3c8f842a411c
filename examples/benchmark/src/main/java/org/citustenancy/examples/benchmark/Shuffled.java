package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** In which order two things are measured in turns, so that what changes with time meets both. */
final class Shuffled {

    private Shuffled() {}

    /** Rounds of the one, which is {@code true}, and of the other, in the same order in every run. */
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
