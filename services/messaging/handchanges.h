// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

/// A container of the servers that somebody gave another image than Enable did.
struct ImageChange {
    QString container;
    QString found;
    QString wanted;
};

/// Where the images of `servers` (the StatefulSet as it is) are other than in `manifest`, in its order. A container
/// that is in one of them alone does not count. Pure.
QList<ImageChange> changedImages(const QJsonObject &servers, const QJsonObject &manifest);

/// The part `spec` of a merge patch that takes back from `servers` what somebody set by hand other than in `manifest`
/// and Enable may take back: the number of pods and the containers' images. All else stays as it is. Empty: nothing is
/// to be taken back. Pure.
QJsonObject undoingChangesByHand(const QJsonObject &servers, const QJsonObject &manifest);
