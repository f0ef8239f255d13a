// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/connection/clientexamples.h"

#include <QWidget>

class QComboBox;
class QVBoxLayout;
class SnippetBox;

/// Examples of one topic at a time, chosen from a list: as many as there are, it stays one line.
class ExamplesView final : public QWidget {
    Q_OBJECT

public:
    explicit ExamplesView(int labelWidth, QWidget *parent = nullptr);

    /// Keeps the topic that is chosen, where it is still there.
    void setExamples(const QList<ClientExample> &examples);

private:
    void renewBoxes();

    QList<ClientExample> m_examples;
    QComboBox *m_topic;
    QVBoxLayout *m_layout;
    QList<SnippetBox *> m_boxes;
};
