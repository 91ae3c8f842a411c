/**
 * What an application that is processed ahead of time has to keep, because it is found by reflection or by its name alone.
 */
@NullMarked
package org.citustenancy.spring.internal.aot;

import org.jspecify.annotations.NullMarked;
