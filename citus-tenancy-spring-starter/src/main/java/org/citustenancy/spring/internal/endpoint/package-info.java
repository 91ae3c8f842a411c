/** The projects as an endpoint of Actuator and in its info endpoint. Needs Actuator. */
@NullMarked
package org.citustenancy.spring.internal.endpoint;

import org.jspecify.annotations.NullMarked;
