/**
 * Spring Boot auto-configuration: projects as properties, a {@code DataSource} each. What an application uses or provides
 * itself lives here.
 */
@NullMarked
package org.citustenancy.spring;

import org.jspecify.annotations.NullMarked;
