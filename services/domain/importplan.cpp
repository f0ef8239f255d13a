// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/importplan.h"

#include <algorithm>

namespace {

using Fate = PlannedImport::Fate;

PlannedImport planned(const StreamDraft &draft, const QList<Stream> &existing, const StreamContext &context)
{
    PlannedImport plan;
    plan.draft = draft;
    const StreamId id = draft.id();
    const auto found =
        std::find_if(existing.cbegin(), existing.cend(), [&id](const Stream &stream) { return stream.id == id; });
    if (found != existing.cend()) {
        for (const FieldChange &change : notTaken(draft.config, found->config))
            plan.differences.append({change.field, change.after, change.before});
        plan.fate = plan.differences.isEmpty() ? Fate::Same : Fate::Other;
        return plan;
    }
    const FieldErrors errors = validate(draft, context);
    if (!errors.isEmpty()) {
        plan.fate = Fate::Refused;
        plan.reason = errors.constFirst().message;
    }
    return plan;
}

} // namespace

QList<PlannedImport> plannedImports(const QList<ImportedStream> &imported, const QString &account,
    const QList<Stream> &existing, const StreamContext &context)
{
    QList<PlannedImport> plans;
    StreamContext grown = context;
    for (const ImportedStream &stream : imported) {
        StreamDraft draft{account, stream.config};
        QStringList unknown = stream.unknown;
        if (draft.config.take(QLatin1String("sealed")).toBool()) // by a change only
            unknown.append(QStringLiteral("sealed"));
        PlannedImport plan = planned(draft, existing, grown);
        plan.unknown = unknown;
        if (plan.fate == Fate::New)
            grown.existing.append({draft.id(), subjectsIn(draft.config)});
        plans.append(plan);
    }
    return plans;
}
