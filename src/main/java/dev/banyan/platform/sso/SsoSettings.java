package dev.banyan.platform.sso;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How people sign in at their provider, without the secret.
///
/// @param label what the sign-in button names; empty: the provider’s host
/// @param roles the key of the role of each group
/// @param defaultRole of people without such a group; empty: they can’t sign in
/// @param createUsers whether users are created at their first sign-in
/// @param linkByEmail whether a user who exists already is recognized by an email that the provider has verified
public record SsoSettings(
        SsoProvider provider,
        Optional<String> label,
        Map<String, String> roles,
        Optional<String> defaultRole,
        boolean createUsers,
        boolean linkByEmail) {


    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    @JsonIgnore
    public String shownName() {
        return label.orElseGet(provider::shownHost);
    }

    /// Returns the highest role that these groups give; empty if they may not sign in.
    ///
    /// @param ranks the keys of all roles, the highest first
    public Optional<String> roleOf(Collection<String> groups, List<String> ranks) {
        return groups.stream()
                .flatMap(group -> roles.entrySet().stream()
                        .filter(entry -> isSame(entry.getKey(), group))
                        .map(Map.Entry::getValue))
                .filter(ranks::contains)
                .min(Comparator.comparingInt(ranks::indexOf))
                .or(() -> defaultRole);
    }

    /// Names in directories are the same in any letter case.
    private boolean isSame(String one, String other) {
        return provider instanceof SsoProvider.Ldap ? one.equalsIgnoreCase(other) : one.equals(other);
    }

    /// Reads what [#written] made.
    public static SsoSettings read(String json) {
        try {
            return JSON.readValue(json, SsoSettings.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Settings of single sign-on can't be read", failure);
        }
    }

    /// Returns the settings as a column holds them.
    public String written() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Settings of single sign-on can't be written", failure);
        }
    }
}
