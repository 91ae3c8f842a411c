/** Scopes in Micrometer's context propagation, which carries them to other threads. Needs context-propagation. */
@NullMarked
package org.citustenancy.spring.internal.propagation;

import org.jspecify.annotations.NullMarked;
