// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

struct AnswerComponent {
    std::string pass, name, architecture;
    std::size_t line = 0;

    bool operator==(const AnswerComponent&) const = default;
    static void fields(auto& self, auto&& visit) {
        visit("pass", self.pass);
        visit("name", self.name);
        visit("architecture", self.architecture);
        visit("line", self.line);
    }
};

struct AnswerProblem {
    std::size_t line = 0;  ///< counted from 1; 0 for the file as a whole
    std::string text;

    bool operator==(const AnswerProblem&) const = default;
    static void fields(auto& self, auto&& visit) {
        visit("line", self.line);
        visit("text", self.text);
    }
};

/// An answer file for Windows setup and Sysprep (unattend.xml). Passwords in it are not read.
struct AnswerFile {
    bool is_well_formed = false;
    bool logs_on_automatically = false;
    std::vector<AnswerComponent> components;  ///< in the order of the file
    std::vector<AnswerProblem> problems;      ///< of its form, whatever machine it is for
};

/// Never fails: what is wrong is among the problems.
[[nodiscard]] AnswerFile read_answer_file(std::string_view text);

/// What keeps Sysprep from getting through its first boot unattended, besides the problems of the
/// form. `architecture`: "amd64" or "x86"; empty where it is not known.
[[nodiscard]] std::vector<AnswerProblem> unfit_for_sysprep(const AnswerFile& file,
                                                           std::string_view text,
                                                           std::string_view architecture);

/// The file of the 2018 document for this architecture and locale ("en-US").
[[nodiscard]] std::string new_answer_file(std::string_view architecture, std::string_view locale);

/// "en-US": letters, digits and hyphens.
[[nodiscard]] bool is_locale_name(std::string_view text);

}  // namespace guestprep
