package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import jakarta.ws.rs.FormParam;

/// What the list of brands sends for an act on many: those that are selected, or all that its filter shows.
class BulkBrandsForm {

    @FormParam("as")
    String as = "";

    @FormParam("brand")
    List<String> brands = List.of();

    @FormParam("all")
    String all = "";

    @FormParam("q")
    String search = "";

    @FormParam("label")
    String label = "";

    @FormParam("state")
    String state = "";

    @FormParam("sort")
    String sort = "";

    @FormParam("action")
    String action = "";

    /// The new label or recipient.
    @FormParam("value")
    String value = "";

    boolean isAll() {
        return all.equals("true");
    }

    BrandsFilter filter(String root) {
        return BrandsFilter.of(root, search, label, state, sort);
    }

    /// Returns the fields that chose the brands: their names as values, their content as labels.
    List<Choice> chosenBy() {
        Stream<Choice> filter = Stream.of(
                        new Choice("q", search),
                        new Choice("label", label),
                        new Choice("state", state),
                        new Choice("sort", sort))
                .filter(field -> !field.label().isEmpty());
        return Stream.concat(
                        isAll()
                                ? Stream.of(new Choice("all", "true"))
                                : brands.stream().map(name -> new Choice("brand", name)),
                        filter)
                .toList();
    }
}
