package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Words;
import dev.banyan.shortlinks.ShortLinkPage.Fold;
import dev.banyan.shortlinks.ShortLinkPage.Folds;

/// Says what is set in each part of the form of a short link. A part is open if something in it is set or refused, so
/// nothing that is in effect is out of sight.
record ShortLinkFolds(ShortLinkForm form, FieldErrors errors) {

    /// @param hasPassword whether the link has one already, which the form doesn't show
    static Folds of(ShortLinkForm form, FieldErrors errors, boolean hasPassword) {
        return new ShortLinkFolds(form, errors).folds(hasPassword);
    }

    private Folds folds(boolean hasPassword) {
        long tags = Arrays.stream(form.typed(ShortLinkChange.TAGS).split("[\\s,]+"))
                .filter(tag -> !tag.isEmpty())
                .count();
        long rules = form.rules().stream().filter(rule -> !rule.isEmpty()).count();
        long variants = form.variants().stream()
                .filter(variant -> !variant.target().isEmpty())
                .count();
        String weight = form.typed(ShortLinkChange.WEIGHT);
        return new Folds(
                fold(
                        List.of("tags", "active"),
                        tags > 0 ? Words.count(tags, "tag", "tags") : "",
                        form.active() ? "" : "off"),
                fold(
                        List.of("startsAt", "endsAt", "timezone", "clickLimit", "fallbackUrl"),
                        said("starts", ShortLinkChange.STARTS_AT),
                        said("ends", ShortLinkChange.ENDS_AT),
                        said("click limit", ShortLinkChange.CLICK_LIMIT),
                        said("fallback URL", ShortLinkChange.FALLBACK)),
                fold(
                        List.of("password"),
                        (hasPassword || !form.password().isEmpty()) && !form.noPassword() ? "set" : ""),
                fold(
                        List.of("utm."),
                        said("source", ShortLinkChange.UTM_SOURCE),
                        said("medium", ShortLinkChange.UTM_MEDIUM),
                        said("campaign", ShortLinkChange.UTM_CAMPAIGN),
                        said("term", ShortLinkChange.UTM_TERM),
                        said("content", ShortLinkChange.UTM_CONTENT),
                        form.forwardsQuery() ? "query forwarded" : ""),
                fold(List.of("rules"), rules > 0 ? Words.count(rules, "rule", "rules") : ""),
                fold(
                        List.of("variants", "weight"),
                        variants > 0 ? Words.count(variants, "variant", "variants") : "",
                        weight.isEmpty() || weight.equals("1") ? "" : "weight " + weight));
    }

    private String said(String what, ShortLinkField<?> field) {
        return form.typed(field).isEmpty() ? "" : what;
    }

    /// @param fields names of fields, or how they begin
    private Fold fold(List<String> fields, String... set) {
        String summary =
                String.join(", ", Stream.of(set).filter(text -> !text.isEmpty()).toList());
        boolean refused = errors.messages().keySet().stream()
                .anyMatch(field -> fields.stream().anyMatch(field::startsWith));
        return new Fold(
                summary.isEmpty() ? "" : Character.toUpperCase(summary.charAt(0)) + summary.substring(1),
                refused || !summary.isEmpty());
    }
}
