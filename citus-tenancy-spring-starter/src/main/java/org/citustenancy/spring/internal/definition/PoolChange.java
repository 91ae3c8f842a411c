package org.citustenancy.spring.internal.definition;

import java.util.function.UnaryOperator;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;

/**
 * A property of a pool that is set.
 *
 * @param name the property
 * @param shown its value, as messages show it
 * @param least the least value that HikariCP accepts except 0, if this one is below; otherwise 0
 * @param change applies it
 */
record PoolChange(String name, String shown, long least, UnaryOperator<PoolSettingsBuilder> change) {

    boolean isBelowLeast() {
        return least > 0;
    }
}
