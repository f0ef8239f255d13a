// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/assetimport.h"
#include "widgets/common/questiondialog.h"

class QComboBox;
class QPushButton;

/// Several consumers that were read: asks which one the form is to begin with. Shown with open(); deletes itself when
/// closed.
class ImportChoiceDialog final : public QuestionDialog {
    Q_OBJECT

public:
    explicit ImportChoiceDialog(QList<ImportedConsumer> consumers, QWidget *parent = nullptr);

    void setAccess(const Access &access);

Q_SIGNALS:
    void chosen(const ImportedConsumer &consumer);

private:
    QList<ImportedConsumer> m_consumers;
    QComboBox *m_consumer;
    QPushButton *m_begin;
};
