package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryExtension.REGISTRY_EXTENSION;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;
import static org.citustenancy.internal.sql.catalog.RegistrySetting.REGISTRY_SETTING;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.registry.ProjectRegistry.Entry;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.RegistryQueries;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.users.NodeAuthentication;

/** Converts a row of the registry to an entry. */
final class RegisteredEntries {

    private RegisteredEntries() {}

    static Entry entry(Record row) {
        Integer limit = row.get(REGISTRY_PROJECT.connectionLimit);
        DesiredProject desired = new DesiredProject(
                row.get(REGISTRY_PROJECT.name),
                RegisteredUsers.users(row),
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                settings(row),
                extensions(row),
                RegisteredRules.rules(row),
                NodeAuthentication.valueOf(row.get(REGISTRY_PROJECT.nodeAuthentication)),
                false);
        return new Entry(
                desired,
                ProjectState.of(row.get(REGISTRY_PROJECT.state)),
                RegisteredUsers.pendingPasswords(row),
                Optional.ofNullable(row.get(RegistryQueries.OUTLINE)));
    }

    private static SortedMap<String, DesiredSetting> settings(Record row) {
        SortedMap<String, DesiredSetting> settings = new TreeMap<>();
        row.get(RegistryQueries.SETTINGS).forEach(setting -> {
            String name = setting.get(REGISTRY_SETTING.name);
            settings.put(name, new DesiredSetting(name, setting.get(REGISTRY_SETTING.value)));
        });
        return settings;
    }

    private static SortedSet<String> extensions(Record row) {
        return new TreeSet<>(row.get(RegistryQueries.EXTENSIONS).getValues(REGISTRY_EXTENSION.name));
    }
}
