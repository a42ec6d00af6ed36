// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/answer_file.h"

#include <algorithm>
#include <pugixml.hpp>

#include "agent/core/text.h"
#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

constexpr std::string_view kNamespace = "urn:schemas-microsoft-com:unattend";
constexpr std::string_view kToken = "31bf3856ad364e35";
constexpr std::string_view kPasses[] = {"windowsPE",  "offlineServicing", "generalize",
                                        "specialize", "auditSystem",      "auditUser",
                                        "oobeSystem"};
constexpr std::string_view kInternational = "Microsoft-Windows-International-Core";
constexpr std::string_view kShell = "Microsoft-Windows-Shell-Setup";

/// What Windows writes as UTF-16, as UTF-8; other texts as they are, without their mark.
std::string as_utf8(std::string_view text) {
    if (text.starts_with("\xff\xfe")) return utf8_from_utf16(text.substr(2));
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return std::string(text);
}

std::size_t line_at(std::string_view text, std::ptrdiff_t offset) {
    const auto end = static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0));
    return 1 + static_cast<std::size_t>(
                   std::ranges::count(text.substr(0, std::min(end, text.size())), '\n'));
}

bool is_element(const pugi::xml_node& node, std::string_view name) {
    const std::string_view full = node.name();
    return full.substr(full.find(':') == std::string_view::npos ? 0 : full.find(':') + 1) == name;
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
    for (const auto& node : parent.children())
        if (is_element(node, name)) return node;
    return {};
}

bool is_true(const pugi::xml_node& node) {
    return equal_ignoring_case(trimmed(node.child_value()), "true") ||
           trimmed(node.child_value()) == "1";
}

/// A file that is loaded, with what is needed to say where something stands.
struct Loaded {
    std::string text;
    pugi::xml_document document;
    pugi::xml_parse_result result;
};

void load(std::string_view bytes, Loaded& loaded) {
    loaded.text = as_utf8(bytes);
    loaded.result = loaded.document.load_buffer(loaded.text.data(), loaded.text.size(),
                                                pugi::parse_default, pugi::encoding_utf8);
}

class FormReader {
public:
    explicit FormReader(AnswerFile& out) : out_(out) {}

    void read(std::string_view bytes) {
        load(bytes, loaded_);
        if (!loaded_.result) {
            out_.problems.push_back(
                {line_at(loaded_.text, loaded_.result.offset),
                 std::string("not well-formed: ") + loaded_.result.description()});
            return;
        }
        out_.is_well_formed = true;
        encoding(bytes);
        const auto root = loaded_.document.document_element();
        if (!is_element(root, "unattend")) return say(root, "the root element is not unattend");
        if (std::string_view(root.attribute("xmlns").value()) != kNamespace)
            say(root, "unattend is not in the namespace " + std::string(kNamespace));
        for (const auto& node : root.children())
            if (is_element(node, "settings")) settings(node);
    }

private:
    void say(const pugi::xml_node& node, std::string text) {
        out_.problems.push_back({line_at(loaded_.text, node.offset_debug()), std::move(text)});
    }

    /// What the declaration promises has to be what the bytes are.
    void encoding(std::string_view bytes) {
        const auto first = std::string_view(loaded_.text).substr(0, loaded_.text.find("?>"));
        const auto declared = lowercase(first);
        const bool is_wide = bytes.starts_with("\xff\xfe");
        if (contains(declared, "utf-16") && !is_wide)
            out_.problems.push_back({1, "declared as UTF-16, and is not"});
        if (contains(declared, "utf-8") && is_wide)
            out_.problems.push_back({1, "declared as UTF-8, and is UTF-16"});
        if (!is_wide && to_utf8(bytes) != bytes)
            out_.problems.push_back({0, "holds bytes that are no UTF-8"});
    }

    void settings(const pugi::xml_node& node) {
        const std::string pass = node.attribute("pass").value();
        if (std::ranges::find(kPasses, pass) == std::end(kPasses))
            say(node, "settings has no pass that Windows knows: \"" + shown(pass) + '"');
        for (const auto& part : node.children())
            if (is_element(part, "component")) component(pass, part);
    }

    void component(const std::string& pass, const pugi::xml_node& node) {
        AnswerComponent one{pass, node.attribute("name").value(),
                            node.attribute("processorArchitecture").value(),
                            line_at(loaded_.text, node.offset_debug())};
        if (one.name.empty()) say(node, "a component without a name");
        if (one.architecture.empty()) say(node, shown(one.name) + " has no processorArchitecture");
        if (std::string_view(node.attribute("publicKeyToken").value()) != kToken)
            say(node, shown(one.name) + ": publicKeyToken is not " + std::string(kToken));
        if (std::string_view(node.attribute("language").value()) != "neutral")
            say(node, shown(one.name) + ": language is not neutral");
        if (!equal_ignoring_case(node.attribute("versionScope").value(), "nonSxS"))
            say(node, shown(one.name) + ": versionScope is not nonSxS");
        if (one.name == kShell && is_true(child(child(node, "AutoLogon"), "Enabled")))
            out_.logs_on_automatically = true;
        out_.components.push_back(std::move(one));
    }

    AnswerFile& out_;
    Loaded loaded_;
};

/// The component of the last pass, which is the one that Sysprep's first boot reads.
pugi::xml_node oobe_component(const pugi::xml_node& root, std::string_view name) {
    for (const auto& settings : root.children()) {
        if (!is_element(settings, "settings")) continue;
        if (std::string_view(settings.attribute("pass").value()) != "oobeSystem") continue;
        for (const auto& node : settings.children())
            if (is_element(node, "component") &&
                std::string_view(node.attribute("name").value()) == name)
                return node;
    }
    return {};
}

}  // namespace

AnswerFile read_answer_file(std::string_view text) {
    AnswerFile file;
    FormReader(file).read(text);
    return file;
}

std::vector<AnswerProblem> unfit_for_sysprep(const AnswerFile& file, std::string_view text,
                                             std::string_view architecture) {
    std::vector<AnswerProblem> problems;
    if (!file.is_well_formed) return problems;
    for (const auto& component : file.components)
        if (!architecture.empty() && !component.architecture.empty() &&
            component.architecture != architecture)
            problems.push_back({component.line,
                                shown(component.name) + " is for " + shown(component.architecture) +
                                    ", this system is " + std::string(architecture)});
    Loaded loaded;
    load(text, loaded);
    const auto root = loaded.document.document_element();
    const auto line_of = [&](const pugi::xml_node& node) {
        return line_at(loaded.text, node.offset_debug());
    };
    const auto international = oobe_component(root, kInternational);
    for (const auto* name : {"InputLocale", "SystemLocale", "UILanguage", "UserLocale"})
        if (trimmed(child(international, name).child_value()).empty())
            problems.push_back({international ? line_of(international) : 0,
                                std::string(name) + " is not set in the pass oobeSystem"});
    const auto oobe = child(oobe_component(root, kShell), "OOBE");
    for (const auto* name : {"HideEULAPage", "SkipMachineOOBE", "SkipUserOOBE"})
        if (!is_true(child(oobe, name)))
            problems.push_back({oobe ? line_of(oobe) : 0,
                                std::string(name) + " is not true in the pass oobeSystem"});
    if (file.logs_on_automatically) problems.push_back({0, "logs an account on automatically"});
    return problems;
}

std::string new_answer_file(std::string_view architecture, std::string_view locale) {
    const auto component = [&](std::string_view name) {
        return "  <component name=\"" + std::string(name) + "\" processorArchitecture=\"" +
               std::string(architecture) + "\" publicKeyToken=\"" + std::string(kToken) +
               "\" language=\"neutral\" versionScope=\"nonSxS\">\n";
    };
    const auto element = [](std::string_view indent, std::string_view name,
                            std::string_view value) {
        return std::string(indent) + "<" + std::string(name) + ">" + std::string(value) + "</" +
               std::string(name) + ">\n";
    };
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<unattend xmlns=\"" +
                       std::string(kNamespace) +
                       "\" xmlns:wcm=\"http://schemas.microsoft.com/WMIConfig/2002/State\">\n"
                       " <settings pass=\"oobeSystem\">\n" +
                       component(kInternational);
    for (const auto* name : {"InputLocale", "SystemLocale", "UILanguage", "UserLocale"})
        text += element("   ", name, locale);
    text += "  </component>\n" + component(kShell) + "   <OOBE>\n";
    for (const auto* name : {"HideEULAPage", "SkipMachineOOBE", "SkipUserOOBE"})
        text += element("    ", name, "true");
    return text + "   </OOBE>\n  </component>\n </settings>\n</unattend>\n";
}

bool is_locale_name(std::string_view text) {
    return text.size() >= 2 && text.size() <= 20 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-';
           });
}

}  // namespace guestprep
