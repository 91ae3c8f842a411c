/**
 * The services of the library that run as long as the application. A class belongs here if it starts and ends them.
 */
@NullMarked
package org.citustenancy.spring.internal.services;

import org.jspecify.annotations.NullMarked;
