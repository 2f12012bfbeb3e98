package dev.banyan.workspaces.sso;

import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.workspaces.sso.SsoPeople.Admitted;

/// Why somebody couldn’t sign in, in their words: what happened, then what to do. None of it shows what a provider or
/// an
/// address said.
public record SsoWords(String title, String text) {

    static SsoWords of(Admitted why) {
        return switch (why) {
            case Admitted.NoRole _ ->
                new SsoWords(
                        "You don’t have access to this workspace.",
                        "None of your groups may sign in here. Ask an admin of the workspace.");
            case Admitted.Unknown _ ->
                new SsoWords("You don’t have a user in this workspace.", "Ask an admin of the workspace to add you.");
            case Admitted.EmailTaken _ ->
                new SsoWords(
                        "Another user of this workspace has your email.",
                        "Sign in with the password of that user, or ask an admin of the workspace.");
            case Admitted.NoEmail _ ->
                new SsoWords(
                        "Your sign-in provider didn’t confirm an email address.",
                        "Ask the person who manages your sign-in to add one.");
            case Admitted.In _ -> throw new IllegalStateException("This person is in");
        };
    }

    static SsoWords of(ProviderTrouble trouble) {
        return switch (trouble.kind()) {
            case UNAVAILABLE -> new SsoWords("Your sign-in provider can’t be reached.", "Try again in a few minutes.");
            case SETUP ->
                new SsoWords(
                        "Single sign-on isn’t set up correctly.",
                        "Ask an admin of the workspace to open its settings and test the sign-in.");
            case REFUSED -> new SsoWords("Your sign-in provider’s answer wasn’t accepted.", "Sign in again.");
        };
    }
}
