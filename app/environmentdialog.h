// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/cluster.h"

#include <QDialog>

class QLineEdit;
class SegmentedChoice;
class Tag;

/// Asks what kind of cluster one is: a word and a colour. Shown with open(); deletes itself when closed.
class EnvironmentDialog final : public QDialog {
    Q_OBJECT

public:
    /// `current` without a label: what the cluster's name suggests is filled in, and counts once it is accepted.
    EnvironmentDialog(const QString &cluster, const ClusterEnvironment &current, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Without a label: it is to have none.
    void chosen(const ClusterEnvironment &environment);

private:
    void layOut(const QString &cluster);
    ClusterEnvironment environment() const;
    void renewPreview();

    QLineEdit *m_label;
    SegmentedChoice *m_color;
    Tag *m_preview;
};

/// What a cluster's name says of it ("eks-prod-1": PROD, red); without a label where it says nothing.
ClusterEnvironment suggestedEnvironment(const QString &cluster);
