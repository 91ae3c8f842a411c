/** What users can do to other projects that cannot be prevented is found, and has a way out. */
package org.citustenancy.detection;
