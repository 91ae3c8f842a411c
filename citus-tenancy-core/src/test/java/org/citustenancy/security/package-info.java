/** What users of a project try against the cluster, other projects and their own, and must not succeed with. */
package org.citustenancy.security;
