/**
 * Changes for the change logs of Liquibase that distribute tables. Needs Liquibase.
 */
@NullMarked
package org.citustenancy.spring.liquibase;

import org.jspecify.annotations.NullMarked;
