// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

/// Who keeps an object of the cluster as it is, beside whoever opened it here: a tool that made it and will change it
/// again.
struct Owner {
    enum class Tool {
        Helm, ///< a release; changes what it made with its next upgrade
        Flux, ///< a Kustomization or HelmRelease; puts back what others change
        ArgoCd, ///< an Application; puts back what others change, where it heals
        Nack, ///< a Stream, Consumer … of jetstream.nats.io; NACK puts back what others change
        Controller, ///< another custom resource, whose operator puts back what others change
    };

    Tool tool = Tool::Helm;
    QString kind; ///< of what keeps it, where the tool has several: "Kustomization", "NatsCluster"
    QString name;
    QString nameSpace; ///< of what keeps it; empty where that is not told

    bool operator==(const Owner &) const = default;

    /// Within a sentence: "Helm release nats in namespace messaging".
    QString text() const;
    /// As a tag beside a name: "Helm nats".
    QString tag() const;
    /// It undoes what others change without being asked.
    bool isPuttingBack() const { return tool != Tool::Helm; }
    /// What to do in place of a change here: a sentence.
    QString advice() const;
    /// Why `object` ("Stream orders") is not changed here, and what to do.
    QString keeps(const QString &object) const;
    /// The command that leads there; empty where there is none that is known.
    QString command() const;
};

/// An object and who keeps it.
struct KeptObject {
    QString object; ///< within a sentence: "StatefulSet nats"
    Owner owner;

    bool operator==(const KeptObject &) const = default;

    /// Why it is not changed here, and what to do.
    QString reason() const { return owner.keeps(object); }
};

/// Who keeps `object`, by its metadata; nothing where nobody is known to. The one that puts changes back goes before
/// one that does not: a chart that Flux installs is Flux's.
///
/// Helm: annotations `meta.helm.sh/release-name` and `-namespace`, without which Helm itself takes no object for its
/// own (helm/pkg/action/validate.go); or its label `app.kubernetes.io/managed-by: Helm` alone, as charts write it.
/// Flux: labels `kustomize.toolkit.fluxcd.io/name|namespace` and `helm.toolkit.fluxcd.io/name|namespace`
/// (https://fluxcd.io/flux/components/kustomize/kustomizations/, fluxcd/helm-controller #238).
/// Argo CD: annotation `argocd.argoproj.io/tracking-id` ("app:group/Kind:namespace/name"), label
/// `argocd.argoproj.io/instance`; `app.kubernetes.io/instance` is everybody's and counts only where Argo CD's
/// controller is among the field managers (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/).
/// Operators: the ownerReference with `controller: true` to what is not of Kubernetes' own API groups.
std::optional<Owner> ownerOf(const QJsonObject &object);

/// The owner behind a field manager of that name, as server-side apply's conflicts tell it: "helm",
/// "kustomize-controller", "argocd-controller". Its own name is not known by that. Nothing: it may be anybody.
std::optional<Owner::Tool> toolOfManager(const QString &manager);
QString toolName(Owner::Tool tool);
