/** The configuration of the cluster and its projects, as Spring Boot binds it. */
@NullMarked
package org.citustenancy.spring.properties;

import org.jspecify.annotations.NullMarked;
