package org.citustenancy.spring.internal.aot;

import java.lang.reflect.Method;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.citustenancy.spring.OfProject;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/**
 * Registers the method with which Spring converts a property's text to a password, the annotation that injects
 * projects, and the proxies of connections: of a connection that the server refuses, and of the objects that a scope's
 * connections create. Spring Boot registers the types of the properties itself.
 */
public final class ProjectHints implements RuntimeHintsRegistrar {

    private static final List<Class<?>> STAND_INS = List.of(
            Connection.class,
            Statement.class,
            PreparedStatement.class,
            CallableStatement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Blob.class,
            Clob.class,
            NClob.class);

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classes) {
        Method ofText = ReflectionUtils.findMethod(Secret.class, "of", String.class);
        if (ofText != null) {
            hints.reflection().registerMethod(ofText, ExecutableMode.INVOKE);
        }
        hints.reflection().registerType(OfProject.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        STAND_INS.forEach(type -> hints.proxies().registerJdkProxy(type));
    }
}
