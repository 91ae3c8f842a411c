/** The projects as an endpoint of Actuator and in its info. Needs Actuator. */
@NullMarked
package org.citustenancy.spring.internal.endpoint;

import org.jspecify.annotations.NullMarked;
