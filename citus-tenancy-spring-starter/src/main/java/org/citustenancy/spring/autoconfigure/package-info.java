/** Auto-configurations of Spring Boot: one per concern, each with its own conditions. */
@NullMarked
package org.citustenancy.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
