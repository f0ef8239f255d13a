// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/owner.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString say(const char *source)
{
    return QCoreApplication::translate("Owner", source);
}

/// What a label or an annotation of the object says; empty where it has none.
class Marks final {
public:
    explicit Marks(const QJsonObject &metadata)
        : m_labels(metadata[text("labels")].toObject())
        , m_annotations(metadata[text("annotations")].toObject())
    {
    }

    QString label(const char *key) const { return m_labels[text(key)].toString(); }
    QString annotation(const char *key) const { return m_annotations[text(key)].toString(); }

private:
    QJsonObject m_labels;
    QJsonObject m_annotations;
};

bool hasManager(const QJsonObject &metadata, Owner::Tool tool)
{
    const QJsonArray managers = metadata[text("managedFields")].toArray();
    return std::any_of(managers.cbegin(), managers.cend(),
        [tool](const QJsonValue &entry) { return toolOfManager(entry[text("manager")].toString()) == tool; });
}

std::optional<Owner> fluxOwner(const Marks &marks)
{
    if (const QString name = marks.label("helm.toolkit.fluxcd.io/name"); !name.isEmpty())
        return Owner{Owner::Tool::Flux, text("HelmRelease"), name, marks.label("helm.toolkit.fluxcd.io/namespace")};
    if (const QString name = marks.label("kustomize.toolkit.fluxcd.io/name"); !name.isEmpty())
        return Owner{
            Owner::Tool::Flux, text("Kustomization"), name, marks.label("kustomize.toolkit.fluxcd.io/namespace")};
    return std::nullopt;
}

std::optional<Owner> argoOwner(const Marks &marks, const QJsonObject &metadata)
{
    const QString tracking = marks.annotation("argocd.argoproj.io/tracking-id").section(u':', 0, 0);
    QString name = tracking.isEmpty() ? marks.label("argocd.argoproj.io/instance") : tracking;
    if (name.isEmpty() && hasManager(metadata, Owner::Tool::ArgoCd))
        name = marks.label("app.kubernetes.io/instance");
    if (name.isEmpty())
        return std::nullopt;
    // an Application outside of Argo CD's own namespace is told as "namespace_name"
    const bool isApart = name.contains(u'_');
    return Owner{Owner::Tool::ArgoCd, {}, isApart ? name.section(u'_', 1) : name,
        isApart ? name.section(u'_', 0, 0) : QString()};
}

std::optional<Owner> controllerOwner(const QJsonObject &metadata)
{
    const QJsonArray references = metadata[text("ownerReferences")].toArray();
    for (const QJsonValue &reference : references) {
        const QString group = reference[text("apiVersion")].toString().section(u'/', 0, 0);
        // Kubernetes' own groups have no dot, or end in k8s.io
        const bool isOwnGroup = !group.contains(u'.') || group.endsWith(text(".k8s.io"));
        if (isOwnGroup || !reference[text("controller")].toBool())
            continue;
        const bool isNack = group == text("jetstream.nats.io");
        return Owner{isNack ? Owner::Tool::Nack : Owner::Tool::Controller, reference[text("kind")].toString(),
            reference[text("name")].toString(), metadata[text("namespace")].toString()};
    }
    return std::nullopt;
}

std::optional<Owner> helmOwner(const Marks &marks)
{
    if (const QString release = marks.annotation("meta.helm.sh/release-name"); !release.isEmpty())
        return Owner{Owner::Tool::Helm, {}, release, marks.annotation("meta.helm.sh/release-namespace")};
    const QString instance = marks.label("app.kubernetes.io/instance");
    if (marks.label("app.kubernetes.io/managed-by") == text("Helm") && !instance.isEmpty())
        return Owner{Owner::Tool::Helm, {}, instance, {}};
    return std::nullopt;
}

struct Words {
    Owner::Tool tool;
    const char *name;
    const char *manager; ///< how a field manager's name begins
};

constexpr std::array words{
    Words{Owner::Tool::Helm, "Helm", "helm"},
    Words{Owner::Tool::Flux, "Flux", "kustomize-controller"},
    Words{Owner::Tool::Flux, "Flux", "helm-controller"},
    Words{Owner::Tool::ArgoCd, "Argo CD", "argocd"},
    Words{Owner::Tool::Nack, "NACK", "jetstream-controller"},
};

} // namespace

std::optional<Owner::Tool> toolOfManager(const QString &manager)
{
    // "helm" stands before "helm-controller" and is told apart by being the whole name
    for (const Words &each : words) {
        const QString known = text(each.manager);
        if (each.tool == Owner::Tool::Helm ? manager == known : manager.startsWith(known))
            return each.tool;
    }
    return std::nullopt;
}

QString toolName(Owner::Tool tool)
{
    const auto found =
        std::find_if(words.cbegin(), words.cend(), [tool](const Words &each) { return each.tool == tool; });
    return found == words.cend() ? say("an operator") : text(found->name);
}

std::optional<Owner> ownerOf(const QJsonObject &object)
{
    const QJsonObject metadata = object[text("metadata")].toObject();
    const Marks marks(metadata);
    if (auto owner = fluxOwner(marks))
        return owner;
    if (auto owner = argoOwner(marks, metadata))
        return owner;
    if (auto owner = controllerOwner(metadata))
        return owner;
    return helmOwner(marks);
}

QString Owner::text() const
{
    QString what;
    switch (tool) {
    case Tool::Helm:
        what = say("Helm release %1").arg(name);
        break;
    case Tool::ArgoCd:
        what = say("Argo CD application %1").arg(name);
        break;
    case Tool::Controller:
        what = QStringLiteral("%1 %2").arg(kind, name);
        break;
    case Tool::Flux:
    case Tool::Nack:
        what = say("%1's %2 %3").arg(toolName(tool), kind, name);
        break;
    }
    return nameSpace.isEmpty() ? what : say("%1 in namespace %2").arg(what, nameSpace);
}

QString Owner::tag() const
{
    const QString whose = tool == Tool::Controller ? kind : toolName(tool);
    return tool == Tool::Nack && !nameSpace.isEmpty() ? QStringLiteral("%1 %2/%3").arg(whose, nameSpace, name)
                                                      : QStringLiteral("%1 %2").arg(whose, name);
}

QString Owner::advice() const
{
    switch (tool) {
    case Tool::Helm:
        return say("Change it with helm upgrade: what is changed otherwise is lost with the next one.");
    case Tool::Flux:
        return say("Change it where Flux reads it from: it puts back what is changed otherwise.");
    case Tool::ArgoCd:
        return say("Change it where Argo CD reads it from: it puts back what is changed otherwise.");
    case Tool::Nack:
        return say("Change or delete it there with kubectl; NACK would put it back.");
    case Tool::Controller:
        return say("Change that: its operator puts back what is changed otherwise.");
    }
    return {};
}

QString Owner::keeps(const QString &object) const
{
    return say("%1 is kept by %2. %3").arg(object, text(), advice());
}

QString Owner::command() const
{
    if (tool != Tool::Nack)
        return {};
    return QStringLiteral("kubectl -n %1 edit %2s.jetstream.nats.io %3").arg(nameSpace, kind.toLower(), name);
}
