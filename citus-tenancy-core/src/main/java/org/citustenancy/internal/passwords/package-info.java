/**
 * Computes and checks the values that servers store for passwords, so that the passwords themselves need not be sent.
 * Verifiers and the classes that create or compare them belong here.
 */
@NullMarked
package org.citustenancy.internal.passwords;

import org.jspecify.annotations.NullMarked;
