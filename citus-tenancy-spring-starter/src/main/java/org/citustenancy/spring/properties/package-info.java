/**
 * What an application says of its cluster and its projects in its configuration, as Spring Boot binds it.
 */
@NullMarked
package org.citustenancy.spring.properties;

import org.jspecify.annotations.NullMarked;
