/**
 * What the documents show: their code, run, and tests that compare the documents with the code.
 */
@NullMarked
package org.citustenancy.documentation;

import org.jspecify.annotations.NullMarked;
