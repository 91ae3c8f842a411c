/** Custom changes that distribute tables, for the change logs of Liquibase. Needs Liquibase. */
@NullMarked
package org.citustenancy.spring.liquibase;

import org.jspecify.annotations.NullMarked;
