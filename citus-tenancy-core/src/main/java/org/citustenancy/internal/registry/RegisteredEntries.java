package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryExtension.REGISTRY_EXTENSION;
import static org.citustenancy.internal.sql.catalog.RegistryOutline.REGISTRY_OUTLINE;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;
import static org.citustenancy.internal.sql.catalog.RegistrySetting.REGISTRY_SETTING;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.registry.ProjectRegistry.Entry;
import org.citustenancy.internal.registry.RegisteredUsers.OfProject;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryOutlineStatements;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.users.NodeAuthentication;
import org.jooq.Record;
import org.jooq.Result;

/** From the registry's rows to entries, for any number of projects by the same number of statements. */
final class RegisteredEntries {

    private final Session session;
    private final String writerVersion;
    private final boolean withOutlines;

    RegisteredEntries(Session session, String writerVersion, boolean withOutlines) {
        this.session = session;
        this.writerVersion = writerVersion;
        this.withOutlines = withOutlines;
    }

    Map<String, Entry> read(Collection<String> projects) {
        Result<Record> known = session.fetch(RegistryStatements.projects(projects));
        if (known.isEmpty()) {
            return Map.of();
        }
        Map<String, OfProject> users = RegisteredUsers.read(session, projects);
        Map<String, SortedMap<String, DesiredSetting>> settings = settings(projects);
        Map<String, SortedSet<String>> extensions = extensions(projects);
        Map<String, String> outlines = outlines(projects);
        Map<String, Entry> entries = new HashMap<>();
        for (Record row : known) {
            String name = row.get(REGISTRY_PROJECT.name);
            Integer limit = row.get(REGISTRY_PROJECT.connectionLimit);
            OfProject itsUsers = users.getOrDefault(name, OfProject.NOBODY);
            DesiredProject desired = new DesiredProject(
                    name,
                    itsUsers.users(),
                    limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                    settings.getOrDefault(name, new TreeMap<>()),
                    extensions.getOrDefault(name, new TreeSet<>()),
                    NodeAuthentication.valueOf(row.get(REGISTRY_PROJECT.nodeAuthentication)),
                    false);
            entries.put(
                    name,
                    new Entry(
                            desired,
                            ProjectState.of(row.get(REGISTRY_PROJECT.state)),
                            itsUsers.pendingPasswords(),
                            Optional.ofNullable(outlines.get(name))));
        }
        return entries;
    }

    private Map<String, SortedMap<String, DesiredSetting>> settings(Collection<String> projects) {
        Map<String, SortedMap<String, DesiredSetting>> settings = new HashMap<>();
        for (Record row : session.fetch(RegistryStatements.settings(projects))) {
            String name = row.get(REGISTRY_SETTING.name);
            settings.computeIfAbsent(row.get(REGISTRY_SETTING.project), first -> new TreeMap<>())
                    .put(name, new DesiredSetting(name, row.get(REGISTRY_SETTING.value)));
        }
        return settings;
    }

    private Map<String, SortedSet<String>> extensions(Collection<String> projects) {
        Map<String, SortedSet<String>> extensions = new HashMap<>();
        for (Record row : session.fetch(RegistryStatements.extensions(projects))) {
            extensions
                    .computeIfAbsent(row.get(REGISTRY_EXTENSION.project), first -> new TreeSet<>())
                    .add(row.get(REGISTRY_EXTENSION.name));
        }
        return extensions;
    }

    /** A registry that an older library has made has none. */
    private Map<String, String> outlines(Collection<String> projects) {
        Map<String, String> outlines = new HashMap<>();
        if (withOutlines) {
            session.fetch(RegistryOutlineStatements.of(projects, writerVersion))
                    .forEach(row -> outlines.put(row.get(REGISTRY_OUTLINE.project), row.get(REGISTRY_OUTLINE.outline)));
        }
        return outlines;
    }
}
