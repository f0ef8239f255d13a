// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/importplan.h"

#include <QHash>

namespace {

using Fate = PlannedImport::Fate;

/// Of one account, by name.
using Present = QHash<QString, const Stream *>;

PlannedImport planned(const StreamDraft &draft, const Present &present, const StreamContext &context)
{
    PlannedImport plan;
    plan.draft = draft;
    if (const Stream *found = present.value(draft.id().name)) {
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
    const QList<Stream> &existing, const StreamContext &context, const std::function<bool()> &isWanted)
{
    Present present;
    for (const Stream &stream : existing) {
        if (stream.id.account == account)
            present.insert(stream.id.name, &stream);
    }
    QList<PlannedImport> plans;
    StreamContext grown = context;
    for (const ImportedStream &stream : imported) {
        if (isWanted && !isWanted())
            break;
        StreamDraft draft{account, stream.config};
        QStringList unknown = stream.unknown;
        if (draft.config.take(QLatin1String("sealed")).toBool()) // by a change only
            unknown.append(QStringLiteral("sealed"));
        PlannedImport plan = planned(draft, present, grown);
        plan.unknown = unknown;
        if (plan.fate == Fate::New)
            grown.existing.add({draft.id(), subjectsIn(draft.config)});
        plans.append(plan);
    }
    return plans;
}
