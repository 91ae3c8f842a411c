package org.citustenancy.spring.internal.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Collects the properties of this library that Spring Boot cannot bind, where Spring Boot would stop at the first one.
 * The binding skips them, so that it detects further problems. The definitions are not read in that case.
 */
public final class UnreadableProperties implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(CitusTenancyProperties.PREFIX);

    private final Map<ConfigurationPropertyName, InvalidProperty> found = new LinkedHashMap<>();

    /** Creates an empty collection. */
    public UnreadableProperties() {}

    /**
     * Returns the properties found so far.
     *
     * @return by the name of the property
     */
    public synchronized Map<ConfigurationPropertyName, InvalidProperty> found() {
        return new LinkedHashMap<>(found);
    }

    @Override
    public BindHandler apply(BindHandler bindHandler) {
        return new Collecting(bindHandler);
    }

    private synchronized void add(ConfigurationPropertyName name, InvalidProperty problem) {
        found.putIfAbsent(name, problem);
    }

    private synchronized boolean isKnown(ConfigurationPropertyName name) {
        return found.keySet().stream().anyMatch(known -> known.equals(name) || known.isAncestorOf(name));
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return PREFIX.equals(name) || PREFIX.isAncestorOf(name);
    }

    private final class Collecting extends AbstractBindHandler {

        Collecting(BindHandler parent) {
            super(parent);
        }

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
                throws Exception {
            if (!isOurs(name)) {
                return super.onFailure(name, target, context, error);
            }
            add(name, new UnreadableValue(name, target, context.getConfigurationProperty(), error).problem());
            return null;
        }

        @Override
        public void onFinish(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, @Nullable Object result)
                throws Exception {
            try {
                super.onFinish(name, target, context, result);
            } catch (UnboundConfigurationPropertiesException unknown) {
                List<ConfigurationProperty> others = new ArrayList<>();
                for (ConfigurationProperty property : unknown.getUnboundProperties()) {
                    if (!isOurs(property.getName())) {
                        others.add(property);
                    } else if (!isKnown(property.getName()) && !isEmpty(property)) {
                        add(property.getName(), unknown(property));
                    }
                }
                if (!others.isEmpty()) {
                    throw unknown;
                }
            }
        }

        /** An empty value, as an unset variable of a container leaves it, is not bound to a type without such a value. */
        private static boolean isEmpty(ConfigurationProperty property) {
            return String.valueOf(property.getValue()).isBlank() && KnownNames.contain(property.getName());
        }

        private static InvalidProperty unknown(ConfigurationProperty property) {
            WrittenName written = WrittenName.of(property.getName(), property);
            return new InvalidProperty(
                    written.text(),
                    written.place() + "does not exist"
                            + new KnownNames()
                                    .nearest(property.getName())
                                    .map(meant -> ": did you mean " + meant + "?")
                                    .orElse(""),
                    "correct its name, or leave it out");
        }
    }
}
