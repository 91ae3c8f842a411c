/**
 * Spring Boot auto-configuration: projects as properties, and a {@code DataSource} for each. This package contains the
 * types that an application uses or implements.
 */
@NullMarked
package org.citustenancy.spring;

import org.jspecify.annotations.NullMarked;
