/**
 * Spring Boot auto-configuration: projects as properties, a DataSource each.
 */
@NullMarked
package org.citustenancy.spring;

import org.jspecify.annotations.NullMarked;
