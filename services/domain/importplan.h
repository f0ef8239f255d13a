// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/assetfields.h"
#include "services/domain/assetimport.h"
#include "services/domain/streamdraft.h"

#include <functional>

/// What is to become of one stream out of several that are imported.
struct PlannedImport {
    enum class Fate {
        New, ///< it can be made
        Same, ///< it is there, as the import has it
        Other, ///< it is there, and is another
        Refused, ///< the server would not take it
    };

    StreamDraft draft;
    QStringList unknown; ///< as ImportedStream
    Fate fate = Fate::New;
    QList<FieldChange> differences; ///< of another: what is there, and what the import has
    QString reason; ///< why it is refused

    bool operator==(const PlannedImport &) const = default;
};

/// Each with what the others before it take. What the import leaves open differs from nothing. With a thousand of them
/// it takes longer than a frame: for the background. Asks before each whether it is still wanted, and ends early where
/// it is not.
QList<PlannedImport> plannedImports(const QList<ImportedStream> &imported, const QString &account,
    const QList<Stream> &existing, const StreamContext &context, const std::function<bool()> &isWanted = {});
