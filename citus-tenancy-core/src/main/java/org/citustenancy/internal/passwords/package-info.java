/**
 * Computes, parses and seals the values that servers store for passwords, so that a password itself need not be sent.
 * Verifiers, connection parameters and sealed texts belong here.
 */
@NullMarked
package org.citustenancy.internal.passwords;

import org.jspecify.annotations.NullMarked;
