// SPDX-License-Identifier: Apache-2.0
#include "agent/options.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <fstream>
#include <optional>
#include <sstream>

#include "agent/core/text.h"
#include "agent/formats/answer_file.h"
#include "agent/own_path.h"

namespace guestprep {
namespace {

namespace po = boost::program_options;

po::options_description common_options() {
    const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
    const auto list = [](const char* name) {
        return po::value<std::vector<std::string>>()->value_name(name);
    };
    po::options_description options("Options", 80, 50);
    options.add_options()                                                                   //
        ("root", text("DIR"), "a mounted or copied system instead of the running one")      //
        ("facts", text("FILE"), "judge facts saved with 'guestprep facts'")                 //
        ("profile", text("NAME"), "vmie-2026 (default), vmie-2018, or a file")              //
        ("route", text("ROUTE"), "image (import-image, default) or snapshot")               //
        ("target", text("TARGET"), "any (default), xen or nitro")                           //
        ("license", text("TYPE"), "AWS or BYOL, for the import plan")                       //
        ("only", list("ID,..."), "judge these checks only; globs allowed")                  //
        ("skip", list("ID,..."), "leave these checks out; globs allowed")                   //
        ("dry-run", po::bool_switch(), "fix: stop after showing what would change")         //
        ("include", list("ID,..."), "fix: also these opt-in fixers; globs allowed")         //
        ("allow-irreversible", po::bool_switch(), "fix: also those that cannot be undone")  //
        ("add-key", list("USER=FILE"), "fix: put this public key in place")                 //
        ("force", po::bool_switch(), "unattend: write over the file that is there")         //
        ("locale", text("NAME"), "unattend: language and region (default en-US)")           //
        ("report", list("FORMAT[=PATH]"),
         "text (default), json, html, junit or markdown; may be repeated")  //
        ("format", text("FORMAT"), "for list: text (default) or json")      //
        ("fail-on", text("SEVERITY"),
         "blocker (default) or warning: what makes the exit code 1")              //
        ("waivers", text("FILE"), "findings that somebody answers for")           //
        ("timeout", text("SECONDS"), "how long looking may take (default 60)")    //
        ("config", text("FILE"), "the same options as key = value")               //
        ("color", text("WHEN"), "auto (default), always or never")                //
        ("quiet,q", po::bool_switch(), "the verdict and what stands in the way")  //
        ("verbose,v", po::bool_switch(), "also what passed")                      //
        ("version", po::bool_switch(), "print the version")                       //
        ("help,h", po::bool_switch(), "print this help");
    return options;
}

po::options_description with_positionals() {
    po::options_description all;
    all.add(common_options());
    all.add_options()("words", po::value<std::vector<std::string>>());
    return all;
}

/// The known word that is nearest to `word`, as "; did you mean X?", or nothing.
template <class Range>
std::string did_you_mean(std::string_view word, const Range& known) {
    std::string best;
    std::size_t distance = 4;
    for (const auto& name : known)
        // Of two that are as near, the one that was only cut short.
        if (const auto d = edit_distance(name, word);
            d < distance || (d == distance && name.starts_with(word))) {
            distance = d;
            best = name;
        }
    return best.empty() ? "" : "; did you mean " + best + "?";
}

std::vector<std::string> option_names() {
    std::vector<std::string> names;
    const auto described = common_options();
    for (const auto& option : described.options()) names.push_back("--" + option->long_name());
    return names;
}

template <class E>
Result<E> choice(const char* option, const std::string& word) {
    const auto names = enum_names(E{});
    const auto found = std::ranges::find(names, word);
    if (found == names.end())
        return failure(Errc::bad_syntax, std::string(option) + ": unknown value \"" + word + "\"" +
                                             did_you_mean(word, names));
    return static_cast<E>(found - names.begin());
}

Result<std::vector<std::string>> comma_list(const std::vector<std::string>& values) {
    std::vector<std::string> out;
    for (const auto& value : values)
        for (const auto part : split(value, ','))
            if (!trimmed(part).empty()) out.emplace_back(trimmed(part));
    return out;
}

/// "GUESTPREP_FAIL_ON" is --fail-on. Flags take 1, yes or true.
std::vector<std::string> words_of_environment(
    const std::map<std::string, std::string>& environment) {
    constexpr std::string_view kPrefix = "GUESTPREP_";
    std::vector<std::string> words;
    const auto described = common_options();
    for (const auto& option : described.options()) {
        auto name = std::string(kPrefix) + option->long_name();
        std::ranges::transform(name, name.begin(), [](char c) {
            return c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        const auto found = environment.find(name);
        if (found == environment.end() || found->second.empty()) continue;
        const bool is_flag = option->semantic()->max_tokens() == 0;
        const auto& value = found->second;
        if (!is_flag)
            words.push_back("--" + option->long_name() + "=" + value);
        else if (value == "1" || value == "yes" || value == "true")
            words.push_back("--" + option->long_name());
    }
    return words;
}

po::parsed_options parse_words(const std::vector<std::string>& words,
                               const po::options_description& known) {
    po::positional_options_description positional;
    positional.add("words", -1);
    namespace style = po::command_line_style;
    // No guessing of abbreviated options: a script written today must mean the same when an option
    // is added tomorrow.
    constexpr auto kStyle = style::unix_style & ~style::allow_guessing;
    return po::command_line_parser(words).options(known).positional(positional).style(kStyle).run();
}

/// Everything that was said, by option; the first source that says something wins.
Result<po::variables_map> gather(const std::vector<std::string>& arguments,
                                 const std::map<std::string, std::string>& environment) {
    const auto known = with_positionals();
    po::variables_map values;
    const char* source = "";
    try {
        po::store(parse_words(arguments, known), values);
        source = "environment: ";
        po::store(parse_words(words_of_environment(environment), known), values);
        if (values.count("config") != 0) {
            const auto path = values["config"].as<std::string>();
            std::ifstream file(own_path(path));
            if (!file) return failure(Errc::bad_syntax, "--config " + path + ": cannot be read");
            source = "configuration file: ";
            po::store(po::parse_config_file(file, common_options()), values);
        }
        po::notify(values);
    } catch (const po::unknown_option& error) {
        auto name = error.get_option_name();
        if (!name.starts_with("-")) name = "--" + name;
        return failure(Errc::bad_syntax, std::string(source) + "unknown option " + name +
                                             did_you_mean(name, option_names()));
    } catch (const std::exception& error) {
        return failure(Errc::bad_syntax, std::string(source) + error.what());
    }
    return values;
}

/// Reads one value after another and keeps the first error.
class Reader {
public:
    explicit Reader(const po::variables_map& values) : values_(values) {}

    void text(const char* option, std::string& target) const {
        if (values_.count(option) != 0) target = values_[option].as<std::string>();
    }
    void list(const char* option, std::vector<std::string>& target) const {
        if (values_.count(option) != 0)
            target = *comma_list(values_[option].as<std::vector<std::string>>());
    }
    [[nodiscard]] bool flag(const char* option) const { return values_[option].as<bool>(); }
    template <class E>
    void one_of(const char* option, E& target) {
        if (values_.count(option) == 0) return;
        auto chosen =
            choice<E>(("--" + std::string(option)).c_str(), values_[option].as<std::string>());
        if (chosen)
            target = *chosen;
        else
            fail(std::move(chosen.error()));
    }
    void fail(Error error) {
        if (!error_) error_ = std::move(error);
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] const po::variables_map& values() const { return values_; }

private:
    const po::variables_map& values_;
    std::optional<Error> error_;
};

void read_reports(Reader& reader, Options& options) {
    if (reader.values().count("report") == 0) return;
    for (const auto& word : reader.values()["report"].as<std::vector<std::string>>()) {
        const auto equals = word.find('=');
        auto format = choice<ReportFormat>("--report", word.substr(0, equals));
        if (!format) return reader.fail(std::move(format.error()));
        options.reports.push_back(
            {*format, equals == std::string::npos ? "" : word.substr(equals + 1)});
    }
}

void read_numbers(Reader& reader, Options& options) {
    std::string seconds;
    reader.text("timeout", seconds);
    if (seconds.empty()) return;
    const auto number = to_number(seconds);
    if (!number || *number == 0 || *number > 86400)
        return reader.fail({Errc::bad_syntax,
                            "--timeout: a number of seconds from 1 to 86400 is "
                            "expected, not \"" +
                                seconds + "\""});
    options.timeout_seconds = *number;
}

void read_command(Reader& reader, Options& options) {
    if (reader.flag("help")) options.command = CommandName::help;
    if (reader.flag("version")) options.command = CommandName::version;
    if (reader.values().count("words") == 0) return;
    auto words = reader.values()["words"].as<std::vector<std::string>>();
    const auto names = enum_names(CommandName{});
    const auto found = std::ranges::find(names, words.front());
    if (found == names.end())
        return reader.fail({Errc::bad_syntax, "unknown command \"" + words.front() + "\"" +
                                                  did_you_mean(words.front(), names)});
    if (options.command == CommandName::audit)
        options.command = static_cast<CommandName>(found - names.begin());
    options.arguments.assign(words.begin() + 1, words.end());
}

void check_together(Reader& reader, const Options& options) {
    const auto say = [&](std::string text) { reader.fail({Errc::bad_syntax, std::move(text)}); };
    if (!options.root.empty() && !options.facts_file.empty())
        say("--root and --facts exclude each other");
    if (options.fail_on < Severity::warning) say("--fail-on: blocker or warning is expected");
    if (!options.licence.empty() && options.licence != "AWS" && options.licence != "BYOL")
        say("--license: AWS or BYOL is expected, not \"" + options.licence + "\"");
    const bool takes_words =
        options.command == CommandName::explain || options.command == CommandName::undo ||
        options.command == CommandName::render || options.command == CommandName::help;
    if (!takes_words && !options.arguments.empty())
        say("unexpected word \"" + options.arguments.front() + "\"");
    if (options.command == CommandName::explain && options.arguments.size() != 1)
        say("explain: one check ID is expected; 'guestprep list' shows them");
    if (options.command == CommandName::undo && options.arguments.size() > 1)
        say("undo: one run is expected; 'guestprep runs' shows them");
    const bool changes =
        options.command == CommandName::fix || options.command == CommandName::undo;
    if (changes && !options.facts_file.empty())
        say("--facts: saved facts can be judged, not changed");
    if (options.command != CommandName::fix &&
        (options.dry_run || options.allow_irreversible || !options.include.empty() ||
         !options.add_keys.empty()))
        say("--dry-run, --include, --allow-irreversible and --add-key go with fix");
    if (options.command != CommandName::unattend && options.force)
        say("--force goes with unattend");
    if (!is_locale_name(options.locale))
        say("--locale: a name such as en-US is expected, not \"" + options.locale + "\"");
    for (const auto& key : options.add_keys)
        if (key.find('=') == 0 || key.find('=') == std::string::npos)
            say("--add-key: USER=FILE is expected, not \"" + key + "\"");
    if (options.command == CommandName::render && options.arguments.empty())
        say("render: the JSON reports to render are expected");
}

}  // namespace

Result<Options> read_options(const std::vector<std::string>& arguments,
                             const std::map<std::string, std::string>& environment) {
    const auto values = gather(arguments, environment);
    if (!values) return std::unexpected(values.error());
    Reader reader(*values);
    Options options;
    read_command(reader, options);
    reader.text("root", options.root);
    reader.text("facts", options.facts_file);
    reader.text("profile", options.profile);
    reader.one_of("route", options.route);
    reader.one_of("target", options.target);
    reader.text("license", options.licence);
    reader.list("only", options.only);
    reader.list("skip", options.skip);
    reader.list("include", options.include);
    if (values->count("add-key") != 0)
        options.add_keys = (*values)["add-key"].as<std::vector<std::string>>();
    options.force = reader.flag("force");
    reader.text("locale", options.locale);
    options.dry_run = reader.flag("dry-run");
    options.allow_irreversible = reader.flag("allow-irreversible");
    read_reports(reader, options);
    reader.one_of("fail-on", options.fail_on);
    reader.text("waivers", options.waivers_file);
    reader.one_of("color", options.colour);
    read_numbers(reader, options);
    ReportFormat list_format = ReportFormat::text;
    reader.one_of("format", list_format);
    if (options.reports.empty()) options.reports.push_back({list_format, ""});
    options.quiet = reader.flag("quiet");
    options.verbose = reader.flag("verbose");
    check_together(reader, options);
    if (reader.error()) return std::unexpected(*reader.error());
    return options;
}

std::string usage() {
    std::string out =
        "guestprep looks inside a virtual machine and says whether AWS VM Import/Export\n"
        "will turn it into an EC2 instance that comes up and can be reached.\n\n"
        "Usage: guestprep [COMMAND] [OPTIONS]\n\n"
        "  audit            look, judge, report; changes nothing (the default)\n"
        "  fix              audit, show the changes, make them, audit again\n"
        "  undo [RUN]       take a run back, the last one by default\n"
        "  runs             the runs that this system's journals know\n"
        "  list             every check: ID, severity, what it covers\n"
        "  explain ID       one check: what AWS requires, why, how it is looked at\n"
        "  facts            what was collected, as JSON, without secrets\n"
        "  render FILE...   a JSON report in another format; many: the fleet's summary\n"
        "  import-plan      what to do on the AWS side for this guest\n"
        "  unattend         Windows: look at the answer file for Sysprep, or write one\n\n";
    std::ostringstream described;
    described << common_options();
    out += described.str();
    out +=
        "\nEnvironment variables GUESTPREP_... (GUESTPREP_FAIL_ON for --fail-on) stand below\n"
        "the command line and above the configuration file.\n\n"
        "Exit codes: 0 ready, 1 not ready, 2 not determined, 3 wrong use, 4 a fix failed and\n"
        "everything was rolled back, 5 a fix failed and the rollback is incomplete.\n";
    return out;
}

}  // namespace guestprep
